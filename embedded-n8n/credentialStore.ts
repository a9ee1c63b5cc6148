import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
} from 'n8n-workflow';

import { EmbeddedCredentialsHelper, type CredentialWrite, type SignIn } from './credentialsHelper';
import { Credentials } from './engine';

/** What stands in for n8n's credential table; share one between runs to keep the session. */
export interface CredentialStore {
	/** To be handed to the engine. */
	readonly helper: ICredentialsHelper;
	/** The record of each type that is used unless a run names another: type → id. */
	readonly defaultIds: Readonly<Record<string, string>>;
	/** Runs of the `preAuthentication` hook, oldest first. */
	readonly signIns: readonly SignIn[];
	/** Records that the engine stored after a sign-in, oldest first. */
	readonly writes: readonly CredentialWrite[];
	/** How many times a record was decrypted for a request. */
	readonly decryptions: number;
	/** Stores a record as an edit over n8n's API does: nothing is tested, nobody signs in. */
	save(type: string, data: ICredentialDataDecryptedObject, id?: string): void;
	/** The stored record, without defaults. */
	read(type: string, id?: string): ICredentialDataDecryptedObject;
}

/**
 * An encrypted, in-memory credential table with n8n's rules, see `EmbeddedCredentialsHelper`.
 *
 * @param types the credential classes that nodes may use
 * @param records one record per type to begin with; add more with `save`
 */
export function createCredentialStore({
	types,
	records = {},
}: {
	types: ICredentialType[];
	records?: Record<string, ICredentialDataDecryptedObject>;
}): CredentialStore {
	const helper = new EmbeddedCredentialsHelper();
	const defaultIds: Record<string, string> = {};
	for (const type of types) helper.types.set(type.name, type);

	const store: CredentialStore = {
		helper,
		defaultIds,
		signIns: helper.signIns,
		writes: helper.writes,
		get decryptions() {
			return helper.decryptions;
		},
		save(type, data, id = type) {
			helper.typeOf(type);
			const record = new Credentials({ id, name: id }, type);
			record.setData(data);
			helper.records.set(`${type}:${id}`, record);
			defaultIds[type] ??= id;
		},
		read: (type, id = type) => helper.record(type, id).getData(),
	};
	for (const [type, data] of Object.entries(records)) store.save(type, data);
	return store;
}
