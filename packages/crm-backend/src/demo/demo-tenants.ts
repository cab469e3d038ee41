import type { OpportunityStage } from '@aisha/crm-contracts';

export interface DemoTenant {
  /** First group of every id of this tenant. */
  readonly group: string;
  readonly slug: string;
  readonly name: string;
  readonly admin: string;
  readonly member: string;
  /** Home of the person who may act in both tenants. */
  readonly hasOperations: boolean;
  readonly accounts: readonly string[];
  readonly contacts: readonly (readonly [first: string, last: string, jobTitle: string])[];
  readonly calls: readonly string[];
  readonly leads: readonly (readonly [first: string, last: string, company: string])[];
  readonly deals: readonly (readonly [name: string, stage: OpportunityStage, cents: number])[];
  readonly letter: readonly [subject: string, body: string];
}

/** May act in both tenants; signs in at the first. */
export const operationsEmail = 'operations@crm.example';

export const demoTenants: readonly DemoTenant[] = [
  {
    group: 'b1bc4000', slug: 'birchwood', name: 'Birchwood Dental', admin: 'Maren Holt', member: 'Jules Abara', hasOperations: true,
    accounts: ['Harbour School', 'Quayside Clinic'],
    contacts: [['Ada', 'Nkemelu', 'Head teacher'], ['Bruno', 'Castel', 'Caretaker'], ['Celia', 'Marsh', 'Practice nurse'], ['Dov', 'Lindqvist', 'Buyer']],
    calls: ['Recall Ada', 'Offer for a second chair', 'Ask about the X-ray room'],
    leads: [['Iris', 'Vale', 'Vale & Sons'], ['Noor', 'Petit', 'Lantern Books']],
    deals: [['Two treatment chairs', 'proposal', 1_840_000], ['X-ray room', 'negotiation', 5_200_000], ['Sterilisers', 'won', 410_000]],
    letter: ['Time for a check-up', 'Dear patient, your half-yearly check-up is due.'],
  },
  {
    group: 'ceda4000', slug: 'cedar', name: 'Cedar Logistics', admin: 'Wanjiru Sato', member: 'Pavel Brandt', hasOperations: false,
    accounts: ['Northgate Foods', 'Tidewater Mills'],
    contacts: [['Tomas', 'Reyes', 'Warehouse manager'], ['Ulla', 'Okonkwo', 'Dispatcher'], ['Viktor', 'Amsel', 'Fleet manager']],
    calls: ['Confirm the March route', 'Chase the pallets'],
    leads: [['Greta', 'Moss', 'Moss Dairies']],
    deals: [['Cold chain, northern route', 'prospect', 9_900_000], ['Night shift', 'lost', 750_000]],
    letter: ['New routes from April', 'Dear customer, we drive two more routes from April.'],
  },
];
