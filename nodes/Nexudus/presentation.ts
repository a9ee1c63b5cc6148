import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../guarded-change/change';
import { textHash } from '../../guarded-change/planId';
import type { Presentation } from '../../n8n/changeOutput';
import type { ActAs } from './actAs';
import { nexudusApi } from './nexudusApi';
import type { NexudusChange } from './nexudusChange';
import { writeRequest } from './nexudusSystem';
import { wordsFor } from './nexudusWords';
import type { ContractState, PauseState } from './pauseState';
import { expectedPause, isAsAsked } from './rules';
import { asOutput } from './vendorRecord';

/** How pause and resume of a contract show in the output, by who acts. */
export function presentationFor(actAs: ActAs): Presentation<NexudusChange, ContractState> {
	return { ...presentation, words: wordsFor(actAs) };
}

const presentation: Omit<Presentation<NexudusChange, ContractState>, 'words'> = {
	system: 'nexudus',
	subject: ({ operation, contractId }) => ({
		verb: operation === 'pause' ? 'pause' : 'resume',
		thing: `contract ${contractId}`,
	}),
	ids: ({ contractId, actingFor }) => ({
		contractId,
		...(actingFor && { coworkerId: actingFor.coworkerId }),
	}),
	operation: ({ operation }) => (operation === 'pause' ? 'pause' : 'resume'),
	request: (change) => writeRequest(nexudusApi(change.portal), change),
	body: ({ body }) => JSON.parse(body ?? '{}') as IDataObject,
	state: ({ pause }) => {
		const { contract, meta } = pause.raw;
		const raw = { contract: contract && asOutput(contract), meta: meta && asOutput(meta) };
		return { ...pause, raw };
	},
	sameAsAsked,
	expectedDates,
	audit: (change, { before }) => ({
		...(change.actingFor && { actAs: 'operator', ...change.actingFor }),
		...(change.operation === 'pause' && {
			termsAccepted: change.termsAccepted,
			termsSha256: textHash(before?.terms),
		}),
	}),
	failureNote,
};

/** Whether a pause can be undone before it begins is not documented [?], so its start is named. */
function failureNote(
	change: NexudusChange,
	{ before }: Outcome<ContractState>,
): string | undefined {
	if (change.operation === 'pause' || before?.pause.state !== 'scheduled') return undefined;
	const { pausedFromUtc } = before.pause;
	return `The pause has not begun${pausedFromUtc === null ? '' : `: it is scheduled to start on ${pausedFromUtc}`}. Nexudus may not take a resume before that.`;
}

function sameAsAsked(
	change: NexudusChange,
	{ before, after }: Outcome<ContractState>,
): boolean | null {
	if (after === null) return null;
	if (change.operation !== 'pause') return after.pause.state === 'none' ? true : null;
	if (after.pause.state === 'none') return null;
	return isAsAsked(change.cycles, { ...after, cycle: after.cycle ?? before?.cycle ?? null });
}

function expectedDates(change: NexudusChange, before: ContractState): IDataObject | null {
	if (change.operation === 'pause' && before.pause.state === 'none') {
		const dates = expectedPause(change.cycles, before);
		return dates && { ...dates, inferred: true };
	}
	const dates = pausePeriod(before.pause);
	if (dates === null) return null;
	return change.operation === 'resumeNow'
		? { ...dates, pausedUntilUtc: new Date(before.asOf).toISOString(), inferred: true }
		: { ...dates, inferred: true };
}

function pausePeriod({ pausedFromUtc, pausedUntilUtc }: PauseState) {
	return pausedFromUtc === null ? null : { pausedFromUtc, pausedUntilUtc };
}
