import { Controller, Get, Inject, Param } from '@nestjs/common';
import {
  CallerParam,
  Describe,
  parseId,
  Problem,
  QueryOf,
  RequireScope,
  ShowsPeople,
  type Caller,
} from '@postrider/service-host';
import { ReceiptsQuery, ShowReceipts, type Viewer } from './show-receipts.handler';

@Controller('v1/receipts')
@RequireScope('operate')
@ShowsPeople('receipt')
export class ShowReceiptsRoute {
  constructor(@Inject(ShowReceipts) private readonly receipts: ShowReceipts) {}

  @Get()
  @Describe({ summary: "Lists Meta's deliveries as they came, the newest first" })
  list(@CallerParam() caller: Caller, @QueryOf(ReceiptsQuery) query: ReceiptsQuery): Promise<unknown> {
    return this.receipts.list(query, viewerOf(caller));
  }

  @Get(':id')
  @Describe({ summary: 'Shows one delivery with its whole body' })
  async show(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const receipt = await this.receipts.show(parseId(raw, 'receipt'), viewerOf(caller));
    if (receipt === undefined) throw new Problem('not-found', 'There is no receipt with this id.');
    return receipt;
  }
}

const viewerOf = ({ workspaceId, scopes }: Caller): Viewer => ({
  workspaceId,
  seesPeople: scopes.includes('personal'),
});
