/** Who asked, in words for the person who answers: a question about the plan has no specialist. */
export function askerOf(taskId: string): string {
  return taskId.startsWith('plan-') ? 'Whoever was asked about the plan' : `The specialist of ${taskId}`;
}
