import type { Seed } from './seed-shape';

/** What the simulator starts with when no seed file is given. */
export const demoSeed: Seed = {
  apps: [{ id: '1000000000000001', name: 'Simulator App', secret: 'simulator-app-secret' }],
  tokens: [
    { token: 'simulator-token', appId: '1000000000000001', portfolioIds: ['1500000000000001', '1500000000000002'] },
  ],
  portfolios: [
    { id: '1500000000000001', name: 'Demo Portfolio', messagingLimit: 'unlimited' },
    { id: '1500000000000002', name: 'Small Portfolio', messagingLimit: 250 },
  ],
  accounts: [
    { id: '2000000000000001', name: 'Demo Business', portfolioId: '1500000000000001' },
    { id: '2000000000000002', name: 'Small Business', portfolioId: '1500000000000002' },
  ],
  numbers: [
    {
      id: '3000000000000001',
      wabaId: '2000000000000001',
      displayPhoneNumber: '+1 555 010 0001',
      verifiedName: 'Demo Business',
      throughputPerSecond: 1_000,
    },
    {
      id: '3000000000000002',
      wabaId: '2000000000000001',
      displayPhoneNumber: '+1 555 010 0002',
      verifiedName: 'Demo Business Support',
      throughputPerSecond: 80,
    },
    {
      id: '3000000000000003',
      wabaId: '2000000000000002',
      displayPhoneNumber: '+1 555 010 0003',
      verifiedName: 'Small Business',
      throughputPerSecond: 80,
    },
  ],
  templates: [
    {
      id: '4000000000000001',
      wabaId: '2000000000000001',
      name: 'welcome',
      language: 'en_US',
      category: 'MARKETING',
      components: [
        {
          type: 'BODY',
          text: 'Hello {{1}}, welcome! We are glad that you are here and will tell you about what is new.',
          example: { body_text: [['Ada']] },
        },
        { type: 'FOOTER', text: 'Answer STOP to receive no more of these.' },
      ],
    },
    {
      id: '4000000000000002',
      wabaId: '2000000000000001',
      name: 'order_update',
      language: 'en_US',
      category: 'UTILITY',
      components: [
        {
          type: 'BODY',
          text: 'Hello {{1}}, your order {{2}} is on its way and will arrive soon.',
          example: { body_text: [['Ada', 'A-1001']] },
        },
      ],
    },
    {
      id: '4000000000000003',
      wabaId: '2000000000000001',
      name: 'login_code',
      language: 'en_US',
      category: 'AUTHENTICATION',
      components: [
        { type: 'BODY', add_security_recommendation: true },
        { type: 'FOOTER', code_expiration_minutes: 10 },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }] },
      ],
    },
  ],
};
