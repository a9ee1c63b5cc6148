import { byId, control } from './dom.js';
import { drawContracts, drawContractsSoon } from './contracts.js';
import { showState, wireControls } from './controls.js';
import { forgetRequests, sayRequest, showEarlier, showRequest } from './requests.js';

function listen() {
	const events = new EventSource('/_sandbox/events');
	const live = (on) => {
		byId('live').textContent = on ? 'live' : 'not connected';
		byId('live').parentElement.classList.toggle('on', on);
	};
	events.addEventListener('open', () => live(true));
	events.addEventListener('error', () => live(false));
	events.addEventListener('request', ({ data }) => showRequest(JSON.parse(data)));
	events.addEventListener('done', async ({ data }) => {
		const entry = JSON.parse(data);
		showRequest(entry);
		sayRequest(entry);
		if (entry.committed) drawContractsSoon();
		if (entry.fault) showState(await control('GET', 'state'));
	});
	events.addEventListener('reset', () => {
		forgetRequests();
		drawContractsSoon();
	});
	events.addEventListener('control', ({ data }) => {
		showState(JSON.parse(data));
		drawContractsSoon();
	});
}

wireControls(await control('GET', 'choices'));
showState(await control('GET', 'state'));
await drawContracts();
showEarlier(await control('GET', 'requests'));
listen();
