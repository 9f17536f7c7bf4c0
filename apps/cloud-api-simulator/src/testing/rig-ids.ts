/** The demo seed's ids. */
export const ids = {
  app: '1000000000000001',
  portfolio: '1500000000000001',
  waba: '2000000000000001',
  phone: '3000000000000001',
  slowPhone: '3000000000000002',
  smallWaba: '2000000000000002',
  smallPhone: '3000000000000003',
  secret: 'simulator-app-secret',
};
