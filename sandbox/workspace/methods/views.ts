import { z } from 'zod';
import { SlackError } from '../errors';
import { type Call, method, optionalJson, optionalText, text } from './method';

const trigger = { trigger_id: optionalText, interactivity_pointer: optionalText, view: optionalJson };
const triggerOf = (
  call: Call,
  args: { trigger_id?: string | undefined; interactivity_pointer?: string | undefined },
) => {
  const id = args.trigger_id ?? args.interactivity_pointer;
  if (id === undefined) throw new SlackError('invalid_arguments', ['[ERROR] missing required field: trigger_id']);
  return call.core.triggers.check(id);
};

export const viewMethods = [
  method({
    name: 'views.open',
    tier: 't4',
    args: z.object(trigger),
    run(call, args) {
      const exchanged = triggerOf(call, args);
      const view = call.core.views.open(exchanged.user, args.view);
      exchanged.used = true;
      return { view: call.core.views.output(view) };
    },
  }),
  method({
    name: 'views.push',
    tier: 't4',
    args: z.object(trigger),
    run(call, args) {
      const exchanged = triggerOf(call, args);
      if (exchanged.viewId === null || !call.core.views.get(exchanged.viewId)) throw new SlackError('not_found');
      const view = call.core.views.push(exchanged.user, args.view);
      exchanged.used = true;
      return { view: call.core.views.output(view) };
    },
  }),
  method({
    name: 'views.update',
    tier: 't4',
    args: z.object({ view_id: optionalText, external_id: optionalText, hash: optionalText, view: optionalJson }),
    run({ core }, args) {
      if (args.view_id === undefined && args.external_id === undefined)
        throw new SlackError('invalid_arguments', ['[ERROR] missing required field: view_id']);
      const view =
        args.view_id === undefined ? core.views.byExternal(args.external_id ?? '') : core.views.get(args.view_id);
      if (!view) throw new SlackError('not_found');
      return { view: core.views.output(core.views.update(view, args.view, args.hash)) };
    },
  }),
  method({
    name: 'views.publish',
    tier: 't4',
    args: z.object({ user_id: text, hash: optionalText, view: optionalJson }),
    run({ core }, args) {
      if (core.manifest.features?.app_home?.home_tab_enabled !== true) throw new SlackError('not_enabled');
      if (!core.store.users.has(args.user_id)) throw new SlackError('user_not_found');
      return { view: core.views.output(core.views.publish(args.user_id, args.view, args.hash)) };
    },
  }),
];
