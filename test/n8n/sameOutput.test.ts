import type { IDataObject } from 'n8n-workflow';
import { CONTINUE, failure, HOT_DESK, NO_PAUSING, only, tellStory } from '../nexudus/story';
import { tellStory as tellPaychtec } from '../paychtec/story';
import { tellStory as tellStripe } from '../stripe-subscription/story';

/** Names of the fields, without the vendor's own id of what is changed. */
function fieldsOf(record: IDataObject): string[] {
	return Object.keys(record).filter((name) => !['contractId', 'subscriptionId'].includes(name));
}

/** One record of each system, by what was asked of it. */
async function records(dryRun: boolean): Promise<IDataObject[]> {
	const [nexudus, stripe, paychtec] = [await tellStory(), await tellStripe(), await tellPaychtec()];
	return [
		only(await nexudus.pause(HOT_DESK, { pauseCycles: 1, termsAccepted: true, dryRun })),
		only(await stripe.run('pause', 'sub_active', { dryRun })),
		only(await paychtec.pause('sub_abc123', { dryRun })),
	];
}

describe('The three systems put out the same', () => {
	it.each([false, true])('fields of a change, dry run: %s', async (dryRun) => {
		const [nexudus, ...others] = await records(dryRun);
		for (const other of others) {
			expect(fieldsOf(other)).toEqual(fieldsOf(nexudus));
			expect(other.outcome).toBe(nexudus.outcome);
			expect(Object.keys(other.request as object)).toEqual(Object.keys(nexudus.request as object));
		}
	});

	it('fields of a failed item', async () => {
		const [nexudus, stripe, paychtec] = [
			await tellStory(),
			await tellStripe(),
			await tellPaychtec(),
		];
		const asked = { pauseCycles: 1, termsAccepted: true };
		const errors = [
			failure(await nexudus.pause(NO_PAUSING, asked, CONTINUE)),
			failure(await stripe.run('pause', 'sub_canceled', {}, CONTINUE)),
			failure(await paychtec.pause('sub_cancelled', {}, CONTINUE)),
		];
		for (const error of errors) {
			expect(fieldsOf(error)).toEqual(fieldsOf(errors[0]));
			expect(error.outcome).toBe('refused');
		}
	});
});
