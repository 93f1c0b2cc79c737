import { useEffect, useState } from 'react';
import { useWorkspace, useWorkspaceState } from '../store/context';
import { dismissTour, setTour, useTour } from './tour-progress';
import { STEPS } from './tour-steps';

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
const MARGIN = 4;

/** The position of the first of these elements, updated every frame, because lists scroll and panes move. */
function useSpot(selectors: readonly string[]): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  const wanted = selectors.join('\n');
  useEffect(() => {
    setBox(null);
    if (!wanted) return;
    let frame = 0;
    let shown = '';
    const follow = () => {
      const found = wanted
        .split('\n')
        .map((selector) => document.querySelector(selector))
        .find((each) => each?.checkVisibility() && !each.closest('[inert]'));
      const rect = found?.getBoundingClientRect();
      const next = rect
        ? {
            left: rect.left - MARGIN,
            top: rect.top - MARGIN,
            width: rect.width + 2 * MARGIN,
            height: rect.height + 2 * MARGIN,
          }
        : null;
      if (JSON.stringify(next) !== shown) {
        shown = JSON.stringify(next);
        setBox(next);
      }
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [wanted]);
  return box;
}

/** The guided tour: a card that says what to do now, a ring around it, and steps that notice when they are done. */
export function Tour() {
  const store = useWorkspace();
  const tour = useTour();
  const state = useWorkspaceState((all) => all);
  const isOffered = state.boot?.abilities.tour ?? false;
  const step = isOffered ? STEPS[tour.step] : undefined;
  useEffect(() => {
    const check = () => {
      const now = store.get();
      if (!step || now.status !== 'live') return;
      if (step.done(now, tour)) setTour({ ...step.note?.(now, tour), step: tour.step + 1 });
      else if (step.back?.(now, tour)) setTour({ step: tour.step - 1 });
    };
    check();
    const stop = store.subscribe(check);
    return () => {
      stop();
    };
  }, [store, step, tour]);
  const style = state.modals.length > 0 ? 'tour tour-form' : 'tour';
  const spot = useSpot(step ? step.show(state, tour) : []);
  if (tour.step < 0 || !isOffered) return null;
  if (!step) {
    return (
      <aside className="tour" aria-label="Guided tour">
        <h2>That was the whole round</h2>
        <p>Filed, acknowledged, nudged, resolved, and the agent knows. Look at Traffic and Faults next.</p>
        <div className="tour-foot">
          <button type="button" className="button button-primary" onClick={dismissTour}>
            Finish
          </button>
        </div>
      </aside>
    );
  }
  return (
    <>
      {spot && <div className="tour-ring" style={spot} aria-hidden="true" />}
      <aside className={style} aria-label="Guided tour">
        <p className="tour-count">
          Tour · {tour.step + 1} of {STEPS.length}
        </p>
        <h2>{step.title}</h2>
        <p aria-live="polite">{step.text(state, tour)}</p>
        <div className="tour-foot">
          <button type="button" className="link-button" onClick={dismissTour}>
            Dismiss
          </button>
          <span className="top-space" />
          <button
            type="button"
            className="button button-default"
            onClick={() => setTour({ ...step.note?.(state, tour), step: tour.step + 1 })}
          >
            Skip step
          </button>
        </div>
      </aside>
    </>
  );
}
