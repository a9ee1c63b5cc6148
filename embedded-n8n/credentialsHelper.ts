import { type Credentials } from './engine';
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { createNodeTypes } from './nodeTypes';

/** Why n8n ran the `preAuthentication` hook of a credential. */
export type SignInReason = 'empty' | 'expired' | 'test';

export interface SignIn {
	type: string;
	id: string;
	reason: SignInReason;
	/** What the hook threw; absent when it returned. */
	error?: Error;
}

export interface CredentialWrite {
	type: string;
	id: string;
	/** The whole record as n8n stored it, session token included. */
	data: ICredentialDataDecryptedObject;
}

/**
 * n8n's rules for credentials, over records in memory: defaults and expressions are filled in; the
 * sign-in hook runs when the hidden expirable field is exactly empty, after a 401, and in a
 * credential test; what it returns is stored when it contains that field.
 */
export class EmbeddedCredentialsHelper extends ICredentialsHelper {
	readonly types = new Map<string, ICredentialType>();

	readonly records = new Map<string, Credentials>();

	readonly signIns: SignIn[] = [];

	readonly writes: CredentialWrite[] = [];

	decryptions = 0;

	getParentTypes(typeName: string): string[] {
		const parents = this.typeOf(typeName).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		const type = this.typeOf(typeName);
		const properties = [...type.properties];
		for (const parent of type.extends ?? []) {
			for (const property of this.getCredentialsProperties(parent)) {
				if (!properties.some(({ name }) => name === property.name)) properties.push(property);
			}
		}
		return properties;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		return this.record(type, details.id ?? type);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		_executeData?: IExecuteData,
		raw?: boolean,
		resolveWith?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		this.decryptions += 1;
		const stored = this.record(type, details.id ?? type).getData();
		if (raw === true) return stored;

		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;

		if (resolveWith === undefined) {
			const workflow = bareWorkflow();
			return workflow.expression.getComplexParameterValue(
				workflow.nodes.Credential as INode,
				withDefaults as never,
				mode,
				{},
				undefined,
				undefined,
				withDefaults,
			) as ICredentialDataDecryptedObject;
		}
		return resolveWith.workflow.expression.getParameterValue(
			withDefaults as never,
			resolveWith.runExecutionData,
			resolveWith.runIndex,
			resolveWith.itemIndex,
			resolveWith.node.name,
			resolveWith.connectionInputData,
			mode,
			{},
			undefined,
			false,
			withDefaults,
		) as ICredentialDataDecryptedObject;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeOf(typeName);
		const token = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (token === undefined || typeof type.preAuthentication !== 'function') return undefined;

		const isTest = node.type === 'n8n-nodes-base.noOp' && node.parameters.temp === '';
		const isEmpty = credentials[token.name] === '';
		if (!isEmpty && !credentialsExpired && !isTest) return undefined;

		const details = node.credentials?.[typeName];
		const signIn: SignIn = {
			type: typeName,
			id: details?.id ?? typeName,
			reason: credentialsExpired ? 'expired' : isEmpty ? 'empty' : 'test',
		};
		this.signIns.push(signIn);
		let output: IDataObject;
		try {
			output = await type.preAuthentication.call(helpers, credentials);
		} catch (error) {
			signIn.error = error as Error;
			throw error;
		}
		if (output[token.name] === undefined || details === undefined) return undefined;

		// n8n 1.x and 2.8 store the resolved credential, not only the token.
		Object.assign(credentials, output);
		await this.updateCredentials(details, typeName, credentials);
		return credentials;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		const { authenticate } = this.typeOf(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate?.type !== 'generic') return options;

		const resolve = (text: string): string => {
			if (!text.startsWith('=')) return text;
			const value = workflow.expression.getSimpleParameterValue(
				node,
				text,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			);
			return value ? value.toString() : '';
		};
		const target = options as unknown as Record<string, Record<string, string>>;
		target.headers ??= {};
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			target[part] ??= {};
			for (const [key, value] of Object.entries(entries as Record<string, string>)) {
				target[part][resolve(key)] = resolve(value);
			}
		}
		return options;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const id = details.id ?? type;
		this.record(type, id).setData(data);
		this.writes.push({ type, id, data: structuredClone(data) });
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('OAuth credentials are not part of the embedded engine');
	}

	record(type: string, id: string): Credentials {
		const record = this.records.get(`${type}:${id}`);
		if (record === undefined) throw new Error(`No credential "${id}" of type "${type}" is stored`);
		return record;
	}

	typeOf(name: string): ICredentialType {
		const type = this.types.get(name);
		if (type === undefined) throw new Error(`Unknown credential type "${name}"`);
		return type;
	}
}

/** Expressions need a workflow and a node around them even where a credential stands alone. */
function bareWorkflow(): Workflow {
	return new Workflow({
		active: false,
		nodes: [
			{
				id: 'credential',
				name: 'Credential',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
		],
		connections: {},
		nodeTypes: createNodeTypes({}),
	});
}
