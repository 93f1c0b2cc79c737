import type { JsonObject } from '../../../client-protocol';

/** What every control gets: whose value it is, its accessible name, and whether changes go to the app at once. */
export interface FieldProps {
  element: JsonObject;
  blockId: string;
  name: string;
  dispatches: boolean;
  /** Set when a `<label for>` outside names the control; without it the control names itself. */
  id?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean;
  required?: boolean;
}
/** A field with its value. */
export interface ControlProps extends FieldProps {
  value: JsonObject;
  change: (value: JsonObject, sending: 'now' | 'later' | 'quiet') => void;
}
/** The attributes that name and describe a native control. */
export const naming = ({ id, name, describedBy, invalid, required }: FieldProps) => ({
  id,
  'aria-label': id ? undefined : name,
  'aria-describedby': describedBy,
  'aria-invalid': invalid || undefined,
  'aria-required': required || undefined,
});
