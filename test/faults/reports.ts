import type { IDataObject } from 'n8n-workflow';
import type { Delivery } from './delivery';

/** What a call said of one thing. */
export interface Report {
	/** Of a thing that the call was not about: NaN. */
	contractId: number;
	outcome: string;
	/** Only where an item was put out. */
	json?: IDataObject;
}

export interface Reports {
	reports: Report[];
	/** Items that are missing, doubled, or paired with another one's input. */
	lost: string[];
}

/** Reads the output of a call as a workflow would: items with their pairing, or one thrown error. */
export function readReports(delivery: Delivery): Reports {
	const { error } = delivery.output;
	if (delivery.mode === 'stopWorkflow' && error !== undefined) return thrownReports(delivery);
	return itemReports(delivery);
}

function itemReports(delivery: Delivery): Reports {
	const { asked, idField, mode, output } = delivery;
	const reports: Report[] = [];
	const lost: string[] = [];
	const seen = new Map<number, number>();
	const branches = [
		{ items: output.items, failed: mode === 'continueRegularOutput' ? undefined : false },
		{ items: output.errorItems, failed: true },
	];
	for (const { items, failed } of branches) {
		for (const { json, pairedItem } of items) {
			const item = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : -1;
			seen.set(item, (seen.get(item) ?? 0) + 1);
			const hasFailed = typeof json.error === 'object' && json.error !== null;
			if (failed !== undefined && failed !== hasFailed) {
				lost.push(`item ${item} came out of the ${failed ? 'error' : 'success'} branch`);
			}
			const about = (hasFailed ? json.error : json) as IDataObject;
			const id = Number(about[idField]);
			if (id !== asked[item]?.id) lost.push(`item ${item} speaks of ${idField} ${id}`);
			reports.push({
				contractId: contractOf(id, delivery),
				outcome: String(about.outcome),
				json: about,
			});
		}
	}
	asked.forEach(({ id }, item) => {
		const times = seen.get(item) ?? 0;
		if (times !== 1) lost.push(`item ${item} (${idField} ${id}) came out ${times} times`);
	});
	return { reports, lost };
}

const contractOf = (id: number, { asked }: Delivery) =>
	asked.find((target) => target.id === id)?.contractId ?? NaN;

const GROUPS = {
	Changed: 'changed',
	Unchanged: 'unchanged',
	Refused: 'refused',
	Failed: 'failed',
	Unknown: 'unknown',
	'Not tried': 'notTried',
} as const;

/** One thrown error: of a single item its words, of several also the list of what became of each. */
function thrownReports(delivery: Delivery): Reports {
	const { asked, idField, output } = delivery;
	const { message = '', description } = output.error ?? {};
	const text = `${message}\n${description ?? ''}`;
	const lost = output.items.length > 0 ? ['items beside a thrown error'] : [];
	if (asked.length === 1) {
		return { reports: [{ contractId: asked[0].contractId, outcome: outcomeInWords(text) }], lost };
	}
	const reports = Object.entries(GROUPS).flatMap(([label, outcome]) => {
		const line = new RegExp(`^${label}: ([\\d, ]+)$`, 'm').exec(text);
		return (line?.[1].split(', ') ?? []).map((id) => ({
			contractId: contractOf(Number(id), delivery),
			outcome,
		}));
	});
	for (const target of asked) {
		const times = reports.filter(({ contractId }) => contractId === target.contractId).length;
		if (times !== 1) lost.push(`${idField} ${target.id} is listed ${times} times in the error`);
	}
	const item = Number(/\[item (\d+)\]/.exec(message)?.[1] ?? -1);
	const blamed =
		reports.find(({ contractId }) => contractId === asked[item]?.contractId)?.outcome ?? 'nothing';
	if (!['refused', 'failed', 'unknown'].includes(blamed)) {
		lost.push(`the error blames item ${item}, of which the list says ${blamed}`);
	}
	return { reports, lost };
}

/** What a reader takes from the words of an error. */
function outcomeInWords(text: string): string {
	if (/not known whether|does not show what became of it/.test(text)) return 'unknown';
	if (/accepted the \w+ .* but shows something else/.test(text)) return 'contradicted';
	return 'nothing';
}
