/** Name of the credential type: workflows store it. */
export const CREDENTIAL = 'nexudusCustomerSessionApi';
