import { type Connection, Schema } from 'mongoose';
import type { JobRun } from '../domain/health';
import type { JobRunStore } from '../services/ports/watch';

type JobRunDocument = Omit<JobRun, 'name'> & { _id: string };

const { Mixed } = Schema.Types;
const jobRunSchema = new Schema<JobRunDocument>(
  { _id: String, everyMinutes: Number, at: { type: Date, required: true }, ms: Number, did: Mixed, fault: String },
  { collection: 'job_runs', versionKey: false, minimize: false, id: false },
);

/** The newest run of each job on any instance: one small document per job. */
export function jobRunStore(connection: Connection): JobRunStore {
  const model = connection.model<JobRunDocument>('JobRun', jobRunSchema);
  return {
    async keep({ name, ...run }) {
      await model.collection.updateOne({ _id: name as never }, { $set: run }, { upsert: true });
    },
    async all() {
      const found = await model.find().lean<JobRunDocument[]>().exec();
      return found
        .map(({ _id, did, fault, ...run }) => ({ name: _id, ...run, did: did ?? null, fault: fault ?? null }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
