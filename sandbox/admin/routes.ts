import type { VendorRoute } from '../vendor/route';
import { actForCustomers } from './admins';
import { forAdmin } from './answers';
import { coworkers } from './coworkers';
import { exchange, impersonate } from './impersonation';
import { pauseRoutes } from './pauseRoutes';

/** The endpoints of the admin side; who has signed in as a customer gets 401 at them. */
export const adminRoutes: VendorRoute[] = [
	{
		method: 'GET', // learn.nexudus.com system/impersonation-token [D]
		path: '/api/sys/users/impersonate',
		kind: 'impersonate',
		answer: forAdmin(actForCustomers, impersonate),
	},
	{
		method: 'POST', // learn.nexudus.com auth/exchange-jwt: no authentication [D]
		path: '/api/sys/users/exchange',
		kind: 'exchange',
		answer: exchange,
	},
	{
		method: 'GET', // developers.nexudus.com get-coworkers [D]
		path: '/api/spaces/coworkers',
		kind: 'coworkers',
		answer: forAdmin('Coworker-List', coworkers),
	},
	...pauseRoutes,
];
