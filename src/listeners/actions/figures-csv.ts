import { randomBytes } from 'node:crypto';
import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { stringify } from 'csv-stringify/sync';
import { spanWords } from '../../blocks/home/figures';
import { figureTable } from '../../domain/figure-table';
import { CSV_DIALECT } from '../../services/export-cases';
import { readPlace } from '../../slack/ids/home';
import { uploadFile } from '../../slack/upload-file';
import type { ListenerDeps } from '../deps';
import { knownNames } from '../export-search';
import { countedFor } from '../home/figures';
import { tellPrivately } from '../tell';

/** The figures on screen as a CSV file in a direct message: the same numbers, by the same rules. */
export const figuresCsv =
  (deps: ListenerDeps) =>
  async ({ ack, body, client }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    await ack();
    const user = body.user.id;
    const place = { client, user, channel: null };
    const asked = await countedFor(deps, user, readPlace(body.view?.private_metadata).args);
    if (!asked) return tellPrivately(place, 'Figures are for admins, leadership, Area Managers and deputies.');
    try {
      const { figures } = await asked.counting;
      const names = await knownNames(deps);
      const text = stringify(
        figureTable(figures, (id) => names.get(id) ?? id).map((row) => [...row]),
        CSV_DIALECT,
      );
      const content = Buffer.from(text);
      const { channel } = await deps.clients.bulk.conversations.open({ users: user });
      await uploadFile(deps.clients.bulk, {
        channel: channel?.id ?? user,
        name: `warmline-figures-${asked.range.from}-to-${asked.range.to}.csv`,
        length: content.length,
        async *open() {
          yield content;
        },
        comment: `Figures of ${spanWords(asked.days)}.`,
      });
    } catch (error) {
      const code = randomBytes(3).toString('hex');
      deps.log.error({ err: error, errorCode: code, user }, 'figures could not be sent as a file');
      await tellPrivately(
        place,
        `The figures could not be sent as a file. Press *Download CSV* again; if it happens again, tell an admin the code ${code}.`,
      );
    }
  };
