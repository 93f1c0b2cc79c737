/** A duration in words: "45 min", "3 h 20 min". */
export function lengthOfTime(minutes: number): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (!hours) return `${rest} min`;
  return rest ? `${hours} h ${rest} min` : `${hours} h`;
}

/** Hours on the clock in words: "40 min", "3 h 20 min", "2 days 5 h". */
export function spanOfTime(hours: number): string {
  if (hours < 48) return lengthOfTime(hours * 60);
  const whole = Math.round(hours);
  const rest = whole % 24;
  return `${Math.floor(whole / 24)} days${rest ? ` ${rest} h` : ''}`;
}
