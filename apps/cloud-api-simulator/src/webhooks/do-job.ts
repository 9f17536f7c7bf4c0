import { receiveInbound } from '../messages/receive-inbound';
import { tally } from '../accounts/analytics';
import { recategorise } from '../templates/lifecycle';
import { reviewTemplate, unpause } from '../templates/lifecycle';
import type { Job } from '../world/jobs';
import type { Simulation } from '../world/simulation';
import type { TemplateCategory } from '../world/state';
import { statusUpdate } from './status-value';

/** Does what has fallen due. */
export function doJob(sim: Simulation, job: Job): void {
  switch (job.kind) {
    case 'status': {
      const { message } = job;
      const phone = sim.state.numbers.get(message.phoneNumberId);
      if (!phone) return;
      const index = message.statuses.length;
      message.statuses.push({
        status: job.status,
        afterMs: sim.nowMs() - message.acceptedAtMs,
        ...(job.code !== undefined && { code: job.code }),
        deliveries: [],
      });
      tally(sim, message, job.status);
      sim.outbox.emit(statusUpdate(sim, job, phone, index));
      return;
    }
    case 'answer':
      receiveInbound(sim, {
        phoneNumberId: job.phoneNumberId,
        from: job.from,
        message: { type: 'text', text: { body: job.text } },
      });
      return;
    case 'review':
      return reviewTemplate(sim, job.templateId);
    case 'unpause':
      return unpause(sim, job.templateId, job.pause);
    case 'recategorise':
      return recategorise(sim, job.templateId, job.category as TemplateCategory);
    case 'update':
      return sim.outbox.emit(job.update, false);
    case 'retry':
      return sim.outbox.retry(job);
  }
}
