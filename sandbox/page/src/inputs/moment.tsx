import type { JsonObject } from '../../../client-protocol';
import { text } from '../blocks/read';
import { useZone } from '../store/context';
import { fromLocalInput, toLocalInput } from '../text/dates';
import { type ControlProps, naming } from './control';

interface Kind {
  input: 'date' | 'time' | 'datetime-local';
  show: (value: JsonObject, zone: string) => string;
  read: (shown: string, zone: string) => JsonObject;
}
const KINDS: { [type: string]: Kind } = {
  datepicker: {
    input: 'date',
    show: (value) => text(value.selected_date),
    read: (shown) => ({ selected_date: shown || null }),
  },
  timepicker: {
    input: 'time',
    show: (value) => text(value.selected_time),
    read: (shown) => ({ selected_time: shown || null }),
  },
  datetimepicker: {
    input: 'datetime-local',
    show: (value, zone) =>
      typeof value.selected_date_time === 'number' ? toLocalInput(value.selected_date_time, zone) : '',
    read: (shown, zone) => ({ selected_date_time: shown ? fromLocalInput(shown, zone) : null }),
  },
};

/** "America/Argentina/Buenos_Aires" as people say it. */
const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** Date, time, and both: the browser's own pickers. Date-times are in the acting user's zone. */
export function MomentField(props: ControlProps) {
  const zone = useZone();
  const kind = KINDS[text(props.element.type)];
  if (!kind) return null;
  return (
    <div className="input-wrap">
      <input
        {...naming(props)}
        className="input input-moment"
        type={kind.input}
        value={kind.show(props.value, zone)}
        onChange={(event) => props.change(kind.read(event.target.value, zone), 'now')}
      />
      {kind.input === 'datetime-local' && <span className="field-hint input-zone">{cityOf(zone)} time</span>}
    </div>
  );
}
