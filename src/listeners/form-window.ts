import type { ViewOutput } from '@slack/bolt';
import type { DraftLine } from '../blocks/forms/draft-line';
import { formOf } from '../domain/forms';
import type { Answers, Form } from '../domain/forms/form';
import { answersWithPage, pageOf } from '../domain/forms/pages';
import { isSlackId } from '../domain/targets';
import { keepDraft, liveDrafts } from '../services/drafts';
import type { Draft, EndedDraft } from '../services/ports/people';
import { type FormMetadata, kindOfCallback, packForDraft, readFormMetadata, rememberedFiles } from '../slack/ids/form';
import { fileNames, readForm } from '../slack/read-form';
import type { ListenerDeps } from './deps';

/** A form's window as Slack reports it, together with its draft. */
export interface FormWindow {
  readonly form: Form;
  readonly metadata: FormMetadata;
  /** The page on screen. */
  readonly page: string;
  /** All answers: those of the page on screen, and those of other pages from the draft. */
  readonly answers: Answers;
  /** A draft of another report, neither restored nor discarded here. */
  readonly offered: Draft | null;
  /** The draft of this window: which one it is, for whoever ends it. */
  readonly draft: Pick<EndedDraft, 'user' | 'window' | 'place' | 'seen'>;
  /** What to show about the draft. */
  readonly line: DraftLine | undefined;
  /**
   * Stores what was entered as a draft, to be opened at this page; an offered draft stays as it is.
   * `submitted`: the key of a submission whose result is unknown; `pressed`: answers that a button gives.
   */
  keep(page?: string, remembering?: FormMetadata, submitted?: string, pressed?: Answers): Promise<void>;
}

/**
 * Reads a form's window; null if it is not ours. `at`: when Slack's report arrived. Only forms of several pages, and
 * windows opened before the store answered, need a read of the store: it rejects if that fails.
 */
export async function formWindow(
  deps: ListenerDeps,
  user: string,
  view: Pick<ViewOutput, 'id' | 'callback_id' | 'private_metadata' | 'state'>,
  at: Date,
): Promise<FormWindow | null> {
  const kind = kindOfCallback(view.callback_id);
  if (!kind) return null;
  const packed: FormMetadata = readFormMetadata(view.private_metadata) ?? { channel: null, source: null };
  const { answers: pressed, metadata: known } = withPresses(deps, view.id, packed);
  const files = rememberedFiles(fileNames(view.state.values));
  // Files of a restored draft count as missing until some are added again.
  const { files: missed = [], ...others } = known;
  const isMissing = known.restored !== undefined && files.length === 0;
  const named = isMissing ? missed : files;
  const remembered: FormMetadata = { ...others, ...(named.length ? { files: named } : {}) };
  const form = formOf(kind);
  const onScreen = { ...readForm(form, view.state.values), ...pressed };

  const stored = remembered.draft && !isPaged(form) ? [] : await liveDrafts(deps, user, form);
  const own =
    stored.find(({ window }) => window === view.id) ??
    stored.find(({ startedAt }) => startedAt.toISOString() === remembered.draft);
  const offered = (!remembered.draft && stored.find((one) => one !== own)) || null;
  const metadata = remembered.draft || offered ? remembered : { ...remembered, draft: at.toISOString() };
  const { place, seen } = metadata;
  const draft = { user, window: view.id, place, seen: seen ? new Date(seen) : undefined };
  const page = metadata.page ?? pageOf(form, onScreen).page.id;
  const answers = own ? answersWithPage(form, own.answers, page, onScreen) : onScreen;
  return {
    form,
    metadata,
    page,
    answers,
    offered,
    draft,
    line: lineOf(metadata, offered, isMissing ? missed : []),
    keep(next = page, remembering = metadata, submitted = undefined, pressed = {}) {
      const startedAt = own?.startedAt ?? new Date(metadata.draft ?? at);
      return keepDraft(deps, form, {
        ...draft,
        updatedAt: at,
        startedAt,
        ...(submitted !== undefined && isSlackId(submitted) ? { submitted: { key: submitted, startedAt } } : {}),
        answers: { ...answers, ...pressed },
        metadata: packForDraft({ ...remembering, page: next }),
      });
    },
  };
}

/** What buttons answered since the window was drawn, and what it remembers with that. */
export function withPresses({ newest }: Pick<ListenerDeps, 'newest'>, view: string, metadata: FormMetadata) {
  const { answers, counts } = newest.unseen(view, metadata.pressed);
  return { answers, metadata: Object.keys(answers).length ? { ...metadata, pressed: counts } : metadata };
}

const isPaged = ({ questions }: Form) => questions.some(({ page }) => page !== undefined);

/** What a window shows about a restored or offered draft. `files`: the missing ones. */
export function lineOf(
  { restored }: FormMetadata,
  offered: Draft | null,
  files: readonly string[],
): DraftLine | undefined {
  if (offered) return { is: 'offered', keptAt: offered.updatedAt };
  return restored ? { is: 'restored', keptAt: new Date(restored), files } : undefined;
}

/** Stores a draft in parallel with other work; a failure is logged, and the window still has everything. */
export async function keepBeside(deps: ListenerDeps, keep: Promise<unknown>): Promise<void> {
  try {
    await keep;
  } catch (error) {
    deps.log.error({ err: error }, 'a draft could not be kept');
  }
}
