import type { ConfigStore } from './ports/directory';

/** The configuration, with a look at whether the newest change that went through it is what stands. */
export interface WatchedConfiguration {
  readonly configuration: ConfigStore;
  /** False also when no change was asked for. Rejects when the store is out of reach. */
  stands(): Promise<boolean>;
}

/** Watches what is written, for a caller that gets no answer of the write and wants to know what came of it. */
export function watchedConfiguration(configuration: ConfigStore): WatchedConfiguration {
  let asked: (() => Promise<boolean>) | null = null;
  return {
    configuration: {
      ...configuration,
      write(change) {
        const { what, key, by, at, after } = change;
        asked = async () => {
          const found = await configuration.configured(what, key);
          if (after === null || !found) return after === null && found === null;
          return found.changed.by === by && found.changed.at >= at;
        };
        return configuration.write(change);
      },
    },
    stands: async () => (asked ? asked() : false),
  };
}
