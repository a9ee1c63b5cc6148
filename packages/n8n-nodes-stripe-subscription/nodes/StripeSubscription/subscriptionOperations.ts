import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Read } from '../../../../guarded-change/change';
import type { ReadTools } from '../../../../guarded-change/readWell';
import { changeItems, inBulk } from '../../../../n8n/changeItems';
import { readItems } from '../../../../n8n/readItems';
import { openAccount } from './account';
import { STRIPE_LIMITS } from './limits';
import { presentation } from './presentation';
import { stripeApi, type StripeApi } from './stripeApi';
import { stripeChange, type StripeChange, type Wanted } from './stripeChange';
import { stripeSystem } from './stripeSystem';
import { stripeWords } from './stripeWords';
import { parseSubscriptionId } from './subscriptionId';
import type { SubscriptionState } from './subscriptionState';

const NO_ID: IDataObject = { subscriptionId: null };

/** An operation that changes the subscriptions of all input items. */
export async function changeEachSubscription(
	context: IExecuteFunctions,
	wantedOf: (item: number, options: IDataObject) => Wanted,
): Promise<INodeExecutionData[]> {
	type OfItem = { subscription: string; wanted: Wanted };
	return await changeItems<OfItem, StripeChange, SubscriptionState>(context, {
		show: presentation,
		noIds: NO_ID,
		limits: STRIPE_LIMITS,
		wanted: (item, options) => ({
			subscription: parseSubscriptionId(context.getNodeParameter('subscription', item)),
			wanted: wantedOf(item, options),
		}),
		open: async (settings, failuresLeft) => {
			const account = await openAccount({ context, settings, failuresLeft });
			const { apiUrl, apiVersion, tools } = account;
			return {
				change: ({ subscription, wanted }, guards) =>
					stripeChange({ ...guards, subscription, apiUrl, apiVersion }, wanted),
				carryOut: inBulk(tools.run, settings, () => stripeSystem(account)),
			};
		},
	});
}

/** What a reading operation reads with. */
export interface ReadContext {
	api: StripeApi;
	apiVersion: string;
	tools: ReadTools;
}

export interface SubscriptionRead<P> {
	/** Throws BadInput. */
	parameters(item: number): P & { subscription: string };
	read(
		parameters: P & { subscription: string },
		context: ReadContext,
	): Promise<Read<IDataObject[]>>;
}

/** An operation that reads for all input items. */
export async function readForEachItem<P>(
	context: IExecuteFunctions,
	operation: SubscriptionRead<P>,
): Promise<INodeExecutionData[]> {
	return await readItems<P & { subscription: string }>(context, {
		words: stripeWords,
		limits: STRIPE_LIMITS,
		ids: (parameters) => (parameters ? { subscriptionId: parameters.subscription } : NO_ID),
		parameters: (item) => operation.parameters(item),
		open: async (settings) => {
			const { apiUrl, apiVersion, tools } = await openAccount({ context, settings });
			const api = stripeApi(apiUrl);
			return {
				read: async (parameters, own) =>
					await operation.read(parameters, {
						api,
						apiVersion,
						tools: { ...tools, settings: own },
					}),
			};
		},
	});
}
