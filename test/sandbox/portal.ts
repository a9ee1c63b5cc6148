import { Agent } from 'http';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/createSandbox';

export const contractsPath = '/api/public/billing/coworkerContracts';
export const maria = 'maria@example.test';
export const tom = 'tom@example.test';
export const password = 'open-sesame-7';

/** Form fields of a sign-in. */
export type Form = Record<string, string>;

/** A stand-in and a plain client that takes every status and follows no redirect. */
export interface Portal {
	sandbox: Sandbox;
	http: AxiosInstance;
	token(form: Form, headers?: Record<string, string>): Promise<AxiosResponse>;
	/** A client with a session of this login. */
	as(email: string): Promise<AxiosInstance>;
}

export async function openPortal(options?: SandboxOptions): Promise<Portal> {
	const sandbox = await createSandbox(options);
	const settings = {
		baseURL: sandbox.url,
		validateStatus: () => true,
		maxRedirects: 0,
		// One connection for each request, as n8n makes them.
		httpAgent: new Agent({ keepAlive: false }),
		headers: { accept: 'application/json' },
	};
	const http = axios.create(settings);
	const token: Portal['token'] = (form, headers) =>
		http.post('/api/token', new URLSearchParams(form), { headers });
	return {
		sandbox,
		http,
		token,
		async as(email) {
			const reply = await token({ grant_type: 'password', username: email, password });
			const authorization = `Bearer ${reply.data.access_token}`;
			return axios.create({ ...settings, headers: { ...settings.headers, authorization } });
		},
	};
}

export const pausePath = (id: number) => `${contractsPath}/v2/${id}/pause`;
export const resumePath = (id: number, immediate: boolean) =>
	`${contractsPath}/v2/${id}/resume?immediate=${immediate}`;
export const metaPath = (id: number) => `${contractsPath}/${id}/pause/meta`;
