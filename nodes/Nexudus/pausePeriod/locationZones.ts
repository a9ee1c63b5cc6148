import type { Read } from '../../../guarded-change/change';
import type { ReadTools } from '../../../guarded-change/readWell';
import { sharedRead } from '../../../guarded-change/sharedRead';
import type { AdminApi } from '../operator/adminApi';
import { isRefused, readAdminRecord } from '../operator/readAdminRecords';
import { text } from '../vendorRecord';
import { isTimeZone } from './localDay';

export interface LocationZones {
	/** IANA name; null where the vendor does not show it to this administrator. */
	of(locationId: unknown): Promise<Read<string | null>>;
}

/**
 * The time zones of the operator's locations, each read once per run. The record of a location has
 * the fields of the user's `Default…` ones without that word, the zone among them [I].
 */
export function locationZones(api: AdminApi, tools: ReadTools): LocationZones {
	const zones = new Map<number, Promise<Read<string | null>>>();
	const notShown = (waited: number): Read<null> => ({
		known: true,
		value: null,
		askedAt: tools.run.clock.now(),
		waited,
	});
	const read = async (id: number): Promise<Read<string | null>> => {
		const found = await readAdminRecord(api.location(id), id, tools);
		if (found.known) {
			const zone = text(found.value.record?.SimpleTimeZoneNameIana);
			return { ...found, value: zone !== null && isTimeZone(zone) ? zone : null };
		}
		if (isRefused(found)) return notShown(found.waited);
		// Another item may have more luck.
		zones.delete(id);
		return found;
	};
	return {
		of: async (locationId) => {
			if (typeof locationId !== 'number') return notShown(0);
			const zone = zones.get(locationId) ?? read(locationId);
			zones.set(locationId, zone);
			return await sharedRead(tools.run.clock, zone);
		},
	};
}
