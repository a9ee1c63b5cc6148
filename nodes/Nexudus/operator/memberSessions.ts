import { NO_ANSWER, type NotKnown, type Read, type Reply } from '../../../guarded-change/change';
import type { Transport } from '../../../guarded-change/readWell';
import { parseUrl } from '../../../n8n/originUrl';
import type { Access, MemberSession } from '../access';
import { nexudusApi } from '../nexudusApi';
import { renewedTools } from '../sessionTools';
import { judge } from '../vendorAnswer';
import { adminApi } from './adminApi';
import { adminTools } from './adminTools';
import { exchange, type ExchangeTools } from './exchange';
import { mayPass } from './exchangeWords';
import type { OperatorSession } from './openOperator';

/**
 * The sessions of members in one run of an operator, each opened once, when its first item is due.
 * They live in this closure alone: nothing stores or shows them, and they end with the run.
 */
export function memberAccess(operator: OperatorSession): Access {
	const { portal, run, limits, settings, plainTransport, clientId } = operator;
	const admin = adminApi(operator.admin);
	const tools: ExchangeTools = {
		admin,
		api: nexudusApi(portal),
		adminTools: adminTools(operator),
		plainTools: {
			transport: plainTransport,
			run,
			limits,
			judge,
			kind: 'write',
			front: true,
			// A token between the steps may work once only: both are sent again, or none.
			settings: { ...settings, maxAttempts: 1 },
		},
		clientId,
		validity: { place: 0 },
	};
	const members = new Map<number, MemberSession>();
	return {
		portal,
		run,
		limits,
		// The parameters of an operator name a coworker; 0 is nobody, and Nexudus says so.
		sessionOf: (coworkerId) => {
			const id = coworkerId ?? 0;
			const member = members.get(id) ?? memberSession(id, operator, tools);
			members.set(id, member);
			return member;
		},
	};
}

function memberSession(
	coworkerId: number,
	operator: OperatorSession,
	tools: ExchangeTools,
): MemberSession {
	const { portal, plainTransport } = operator;
	let bearer: string | undefined;
	let opening: Promise<Read<string>> | undefined;
	/** The session has expired and was refused when it was opened again: the end of it in this run. */
	let lost: NotKnown | undefined;

	const openAnew = async (): Promise<Read<string>> => {
		const opened = await exchange(coworkerId, tools);
		// Until here the old one stays: a request that has its turn already goes out with it. It also
		// stays where another try may do better: the next request is refused, and makes that try.
		if (opened.known) bearer = opened.value;
		else if (!mayPass(opened.reason)) bearer = undefined;
		return opened;
	};
	/** The bearer goes to the members' portal alone. */
	const inSession: Transport = async (request, limit) => {
		if (bearer === undefined || parseUrl(request.url)?.origin !== portal) {
			return noSession(coworkerId, lost);
		}
		const headers = { ...request.headers, Authorization: `Bearer ${bearer}` };
		return await plainTransport({ ...request, headers }, limit);
	};
	const memberTools = renewedTools(operator, {
		transport: inSession,
		renew: async () => {
			const opened = await openAnew();
			if (!opened.known && !mayPass(opened.reason)) lost = opened;
			return opened.known || opened.reason;
		},
		mayRenewAfter: mayPass,
	});
	return {
		tools: memberTools,
		open: async () => {
			if (lost) return lost;
			opening ??= openAnew().then((opened) => {
				// A refusal is one for the next item too; anything else may have passed by then.
				if (!opened.known && mayPass(opened.reason)) opening = undefined;
				return opened;
			});
			return await opening;
		},
	};
}

/** What stands for an answer where a request has no session to go in. */
function noSession(coworkerId: number, lost: NotKnown | undefined): Reply {
	const code = NO_ANSWER.noSession;
	if (lost?.reason.code === 'noAccess') {
		const { message } = lost.reason.refusal;
		return { answered: false, code, message };
	}
	return {
		answered: false,
		code,
		message: `There is no session of coworker ${coworkerId} for this request. Run the workflow again.`,
	};
}
