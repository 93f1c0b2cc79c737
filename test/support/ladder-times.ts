import type { ClockName } from '../../src/domain/allowance';
import {
  addBusinessMinutes,
  businessMinutesBetween,
  type Calendar,
  calendarFor,
} from '../../src/domain/business-hours';
import type { CaseKind } from '../../src/domain/kinds/code';
import type { Policy } from '../../src/domain/policy';
import type { Severity } from '../../src/domain/severity';

export const MINUTE = 60_000;
/** A clock in the reference: what is still to be sent, and to whom it was. All times in ms. */
export interface Watch {
  readonly serial: number;
  from: number;
  due: number;
  named: boolean;
  business: boolean;
  used: number;
  left: { at: number; to: string }[];
  told: string[];
}
export type Watches = Map<ClockName, Watch>;

/** When the clocks of a case of this kind are due, and their messages go out, by the policy. */
export class LadderTimes {
  private readonly calendar: Calendar;

  constructor(
    public policy: Policy,
    zone: string,
    private readonly kind: CaseKind,
    public severity: Severity,
  ) {
    const made = calendarFor(policy.calendars.default, zone);
    if (!made.ok) throw new Error(made.fault);
    this.calendar = made.calendar;
  }

  /** Sets the due time and the messages by the policy; false if that has no such clock. */
  lay(name: ClockName, watch: Watch): boolean {
    const { clocks, ladders } = this.policy;
    const places = [
      clocks[this.kind]?.[this.severity],
      clocks[this.kind]?.default,
      clocks.default?.[this.severity],
      clocks.default?.default,
    ];
    const allowance = places.find((place) => place?.[name])?.[name];
    if (!allowance && !watch.named) return false;
    watch.business = allowance?.time === 'business' && this.severity !== 'critical' && this.severity !== 'high';
    if (!watch.named)
      watch.due = this.plus(watch.from, Math.max(0, (allowance?.minutes ?? 0) * MINUTE - watch.used), watch.business);
    const rungs = allowance?.ladder ?? ladders[name] ?? ladders.default ?? [];
    const lines: { wait: number; to: string }[] = [];
    for (const { after: wait, to, repeat } of rungs) {
      lines.push({ wait, to });
      for (let i = 1; i <= (repeat?.times ?? 0); i++) lines.push({ wait: wait + i * (repeat?.every ?? 0), to });
    }
    lines.sort((a, b) => a.wait - b.wait);
    watch.left = lines.map(({ wait, to }) => ({ at: this.plus(watch.due, wait * MINUTE, watch.business), to }));
    return true;
  }

  /** Lays all of these again, without what was sent. */
  recompute(watches: Watches): void {
    for (const [name, watch] of [...watches]) {
      if (name === 'update') continue;
      if (!this.lay(name, watch)) {
        watches.delete(name);
        continue;
      }
      for (const to of watch.told) {
        const known = watch.left.findIndex((line) => line.to === to);
        if (known >= 0) watch.left.splice(known, 1);
      }
    }
  }

  plus(at: number, ms: number, business: boolean): number {
    return business ? +addBusinessMinutes(this.calendar, new Date(at), ms / MINUTE) : at + Math.round(ms);
  }

  between(a: number, b: number, business: boolean): number {
    if (b <= a) return 0;
    return business ? businessMinutesBetween(this.calendar, new Date(a), new Date(b)) * MINUTE : b - a;
  }
}
