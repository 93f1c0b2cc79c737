import { useHost } from '../blocks/host';
import { text } from '../blocks/read';
import { CheckboxesField, RadioField, SelectField } from './choice';
import type { ControlProps, FieldProps } from './control';
import { FileField } from './files';
import { MomentField } from './moment';
import { PickerField } from './picker';
import { TextField } from './text';
import { initialValue } from './values';

const CONTROLS: { [type: string]: (props: ControlProps) => React.ReactNode } = {
  plain_text_input: TextField,
  number_input: TextField,
  email_text_input: TextField,
  url_text_input: TextField,
  rich_text_input: TextField,
  static_select: SelectField,
  radio_buttons: RadioField,
  checkboxes: CheckboxesField,
  external_select: PickerField,
  users_select: PickerField,
  conversations_select: PickerField,
  channels_select: PickerField,
  multi_static_select: PickerField,
  multi_external_select: PickerField,
  multi_users_select: PickerField,
  multi_conversations_select: PickerField,
  multi_channels_select: PickerField,
  datepicker: MomentField,
  timepicker: MomentField,
  datetimepicker: MomentField,
  file_input: FileField,
};
export const isField = (type: string) => type in CONTROLS;
/** Several controls under one question: named by a legend, not by a label. */
export const isGroupField = (type: string) => type === 'radio_buttons' || type === 'checkboxes';

/** The control for an element that holds a value. */
export function Field(props: FieldProps) {
  const host = useHost();
  const { element, blockId } = props;
  const type = text(element.type);
  const actionId = text(element.action_id);
  const Control = CONTROLS[type];
  if (!Control) return <p className="bk-unknown">Cannot show a “{type || 'nameless'}” input here</p>;
  const value = host.values[blockId]?.[actionId] ?? initialValue(element);
  return (
    <Control
      {...props}
      value={value}
      change={(next, sending) => host.change(blockId, actionId, { type, ...next }, sending)}
    />
  );
}
