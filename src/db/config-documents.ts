import { type Connection, type Model, Schema } from 'mongoose';
import type { ConfigKind, ConfigValues } from '../domain/configuration';
import type { Area, ServiceProvider } from '../domain/directory';
import { SETTINGS, type SettingName, withoutUnknown } from '../domain/settings';
import type { SpHold } from '../domain/sp-hold';

/** What every piece of configuration has: its version, and its newest change, from which the event can be made. */
export interface Kept {
  _id: string;
  /** Absent in older data. */
  version?: number;
  updatedAt?: Date;
  updatedBy?: string;
  /** The value before the newest change, as JSON; absent after a bulk import. */
  before?: string | null;
  /** Set until the newest change is in the history. */
  unlogged?: boolean;
  /** Removed, but kept for its version and its history. */
  removed?: boolean;
}
type Stored<T, Key extends keyof T> = Omit<T, Key> & Kept;
export type AreaDocument = Stored<Area, 'name'>;
export type ProviderDocument = Stored<ServiceProvider, 'account'> & {
  /** Search words, derived from the name. */
  words?: string[];
};
export type HoldDocument = Stored<SpHold, 'account'>;
/** `value` is JSON text: area names and catalogue keys may contain dots, which field names may not. */
export type SettingDocument = Kept & { value: string };

const shape = { versionKey: false, id: false, minimize: false } as const;
const kept = {
  _id: String,
  version: Number,
  updatedAt: Date,
  updatedBy: String,
  before: String,
  unlogged: Boolean,
  removed: Boolean,
} as const;
const areaSchema = new Schema<AreaDocument>(
  {
    ...kept,
    timeZone: { type: String, required: true },
    channel: String,
    areaManager: String,
    deputy: String,
    manager: String,
    fallbackChannel: String,
  },
  { ...shape, collection: 'areas' },
);
const providerSchema = new Schema<ProviderDocument>(
  {
    ...kept,
    name: { type: String, required: true },
    area: { type: String, required: true },
    phone: String,
    email: String,
    status: { type: String, required: true },
    words: { type: [String], default: undefined },
  },
  { ...shape, collection: 'service_providers' },
);
const settingSchema = new Schema<SettingDocument>({ ...kept, value: String }, { ...shape, collection: 'settings' });
const holdSchema = new Schema<HoldDocument>(
  { ...kept, by: String, at: String, reason: String, lifting: Schema.Types.Mixed },
  { ...shape, collection: 'sp_holds' },
);
holdSchema.index({ removed: 1, _id: 1 });
providerSchema.index({ area: 1 });
providerSchema.index({ words: 1 });
for (const schema of [areaSchema, providerSchema, settingSchema, holdSchema])
  schema.index({ unlogged: 1 }, { sparse: true });

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);
export const isSetting = (what: ConfigKind): what is SettingName => isSettingName(what);

/** A setting's value, or null if it does not fit this version of Warmline. */
export const readSetting = <K extends SettingName>(what: K, value: unknown): ConfigValues[K] | null =>
  (SETTINGS[what].safeParse(withoutUnknown(what, value)).data as ConfigValues[K] | undefined) ?? null;

/** A setting as read. Throws, with what to do, if it does not fit this version of Warmline. */
export function parseSetting<K extends SettingName>(what: K, text: string): ConfigValues[K] {
  try {
    return SETTINGS[what].parse(withoutUnknown(what, JSON.parse(text))) as ConfigValues[K];
  } catch (cause) {
    throw new Error(`The stored ${what} does not fit this version of Warmline: import it again.`, { cause });
  }
}

export const areaOf = ({
  _id,
  timeZone,
  channel,
  areaManager,
  deputy,
  manager,
  fallbackChannel,
}: AreaDocument): Area => ({
  name: _id,
  timeZone,
  channel,
  areaManager,
  deputy,
  // An area imported before there was a column for it has no manager.
  manager: manager ?? null,
  fallbackChannel,
});
export const providerOf = ({ _id, name, area, phone, email, status }: ProviderDocument): ServiceProvider => ({
  account: _id,
  name,
  area,
  phone,
  email,
  status,
});

export const holdOf = ({ _id, by, at, reason, lifting }: HoldDocument): SpHold => ({
  account: _id,
  by,
  at,
  reason,
  lifting: lifting ?? null,
});
export const spHoldModel = (connection: Connection): Model<HoldDocument> =>
  connection.models.SpHold ?? connection.model<HoldDocument>('SpHold', holdSchema);

export interface ConfigModels {
  readonly areas: Model<AreaDocument>;
  readonly providers: Model<ProviderDocument>;
  readonly settings: Model<SettingDocument>;
  readonly holds: Model<HoldDocument>;
}
export const configModels = (connection: Connection): ConfigModels => ({
  areas: connection.model<AreaDocument>('Area', areaSchema),
  providers: connection.model<ProviderDocument>('ServiceProvider', providerSchema),
  settings: connection.model<SettingDocument>('Setting', settingSchema),
  holds: spHoldModel(connection),
});
