import type { ConfigStore } from './ports/directory';

/** The configuration, with a check whether the newest change made through it is still current. */
export interface WatchedConfiguration {
  readonly configuration: ConfigStore;
  /** Also false if no change was made. Rejects if the store is unreachable. */
  stands(): Promise<boolean>;
}

/** Watches writes, for a caller that gets no answer and wants to know the result. */
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
