/** Names of the credential types: workflows store them. */
export const CREDENTIAL = 'nexudusCustomerSessionApi';
export const OPERATOR_CREDENTIAL = 'nexudusOperatorApi';
