import { GraphError } from '../graph/graph-error';
import type { TemplateCategory, TemplateComponent } from '../world/state';
import { refused } from './refused';

/** An authentication template has one button that carries the code, and an expiry of 1 to 90 minutes. */
export function checkAuthentication(components: TemplateComponent[]): TemplateComponent[] {
  const [button, ...more] = components.find((component) => component.type === 'BUTTONS')?.buttons ?? [];
  if (!button || more.length > 0 || button.type.toUpperCase() !== 'OTP') {
    throw refused(
      2388155,
      'Authentication template is incorrect',
      'An authentication template has one button of type OTP.',
    );
  }
  const minutes = components.find((component) => component.type === 'FOOTER')?.code_expiration_minutes;
  if (minutes !== undefined && !(typeof minutes === 'number' && minutes >= 1 && minutes <= 90)) {
    throw refused(2388155, 'Authentication template is incorrect', 'code_expiration_minutes is 1 to 90.');
  }
  const apps = button.supported_apps;
  if (
    String(button.otp_type ?? 'COPY_CODE').toUpperCase() !== 'COPY_CODE' &&
    (!Array.isArray(apps) || apps.length < 1 || apps.length > 5)
  ) {
    throw refused(
      2388155,
      'Authentication template is incorrect',
      'One-tap and zero-tap buttons name 1 to 5 supported apps.',
    );
  }
  return components;
}

const ttlRange: Readonly<Record<TemplateCategory, readonly [number, number]>> = {
  AUTHENTICATION: [30, 900],
  UTILITY: [30, 43_200],
  MARKETING: [43_200, 2_592_000],
};

/** How long Meta may try to deliver, by category. */
export function checkTtl(category: TemplateCategory, ttl: unknown): void {
  if (ttl === undefined || ttl === null || (ttl === -1 && category !== 'MARKETING')) return;
  const [min, max] = ttlRange[category];
  if (typeof ttl !== 'number' || ttl < min || ttl > max) {
    throw new GraphError(100, {
      message: `(#100) Param message_send_ttl_seconds must be from ${min} to ${max} for category ${category}.`,
    });
  }
}
