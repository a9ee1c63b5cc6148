import { loadSources, NEXUDUS_SOURCES } from '../engine';
import { FAULTS, STEPS } from '../faults';
import { mutant } from '../mutants';
import { judge, OPEN_COLUMNS } from '../properties';
import type { Simulated } from '../simulated';
import { MemberHistory, type MemberEngine } from './memberHistory';
import { memberScenarioOf, type MemberScenario } from './memberScenario';

const SESSIONS = 'nodes/Nexudus/operator/memberSessions.ts';
const EXCHANGE = 'nodes/Nexudus/operator/exchange.ts';

/** One session for each member of a run, and one more for each that was lost. */
function checkExchanges(history: MemberHistory): void {
	for (const [run, members] of history.opened) {
		for (const [member, { bearers, lost }] of members) {
			if (bearers.length <= 1 + lost.size) continue;
			const of = `run ${history.runs.indexOf(run)} for member ${member}`;
			history.find('session', `${bearers.length} exchanges of ${of}, ${lost.size} sessions lost`);
		}
	}
}

/** Contracts of a Nexudus portal, changed by an operator in the members' sessions. */
export const MEMBERS: Simulated<MemberScenario, MemberEngine> = {
	name: 'members',
	faults: FAULTS,
	steps: STEPS,
	openColumns: OPEN_COLUMNS,
	met: OPEN_COLUMNS.slice(0, 1),
	histories: 30_000,
	tested: 1_500,
	loadEngine: (patches) => loadSources<MemberEngine>([...NEXUDUS_SOURCES, SESSIONS], patches),
	scenarioOf: memberScenarioOf,
	live: (scenario, engine, hits, traced) => {
		const history = new MemberHistory(scenario, engine, hits, traced);
		return {
			history: history as never,
			judge: () => {
				checkExchanges(history);
				return judge(history);
			},
		};
	},
	mutants: [
		mutant(
			'opens a session for every item',
			SESSIONS,
			'opening ??= openAnew().then(',
			'opening = openAnew().then(',
		),
		mutant(
			'takes the session of any member for all of them',
			SESSIONS,
			'const member = members.get(id) ??',
			'const member = [...members.values()][0] ??',
		),
		mutant(
			"sends members' requests in the operator's session",
			SESSIONS,
			'const headers = { ...request.headers, Authorization: `Bearer ${bearer}` };\n		return await plainTransport({ ...request, headers }, limit);',
			'return await tools.adminTools.transport(request, limit);',
		),
		mutant(
			'keeps the bearer that was lost',
			SESSIONS,
			'if (opened.known) bearer = opened.value;',
			'if (opened.known) bearer ??= opened.value;',
		),
		mutant(
			'sends the token between the steps again where its answer was lost',
			SESSIONS,
			'settings: { ...settings, maxAttempts: 1 },',
			'settings: { ...settings },',
		),
		mutant(
			'asks for one length of a session alone',
			EXCHANGE,
			'else if (longer) [place, learns]',
			'else if (longer && place < 0) [place, learns]',
		),
		mutant(
			'knows a bearer by its first name alone',
			EXCHANGE,
			"['token', 'access_token']",
			"['token']",
		),
	],
};
