import { z } from 'zod';
import { CtaUrl, ReplyButtons } from './interactive-buttons';
import { Carousel } from './interactive-carousel';
import { Flow } from './interactive-flow';
import { RowList } from './interactive-list';
import { CatalogMessage, Product, ProductList } from './interactive-products';
import {
  AddressRequest,
  CallPermissionRequest,
  ContactInfoRequest,
  LocationRequest,
  OrderDetails,
  OrderStatus,
  VoiceCall,
} from './interactive-requests';

/** Every interactive message, told apart by `type`. */
export const Interactive = z.discriminatedUnion('type', [
  ReplyButtons,
  RowList,
  CtaUrl,
  Flow,
  Product,
  ProductList,
  CatalogMessage,
  LocationRequest,
  AddressRequest,
  VoiceCall,
  CallPermissionRequest,
  Carousel,
  ContactInfoRequest,
  OrderDetails,
  OrderStatus,
]);
export type Interactive = z.infer<typeof Interactive>;
