import { rankingWeightsSchema, type Calibration } from '../model';
import { renderCalibration } from './render-calibration';

const current = rankingWeightsSchema.parse({});
const figures = (five: number) => ({ goldFiles: 40, recall: { 1: 0.25, 5: five, 10: 0.8, 20: 0.9 } });
const calibration: Calibration = { fitted: 66, heldOut: 33, current, weights: { ...current, recency: 2, text: 0.7 }, before: figures(0.7), after: figures(0.75), better: true };

describe('renderCalibration', () => {
  it('shows the figures of what the fit has not seen, and the lines for the policy', () => {
    const text = renderCalibration(calibration);
    expect(text).toContain('Fitted on 66 older fixes: text 1 to 0.7, recency 1 to 2.');
    expect(text).toContain('  fitted weights         R@1 25.0  R@5 75.0  R@10 80.0  R@20 90.0');
    const proposed: unknown = JSON.parse(text.slice(text.indexOf('{')));
    expect(proposed).toEqual({ ranking: { weights: { text: 0.7, recency: 2 } } });
  });

  it('proposes nothing that does not find more there', () => {
    const text = renderCalibration({ ...calibration, better: false });
    expect(text).not.toContain('{');
    expect(text).toContain('nothing is proposed');
  });
});
