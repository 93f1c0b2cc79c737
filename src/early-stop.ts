// Loaded before everything else, which takes a second or two: a signal that comes meanwhile is kept for `main`. Without
// this, it would end the process halfway or, in a container, where the process is the first one, be ignored.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
