/** What every route answers with: the campaign as it stands. */
export const ShowCampaignsToken = Symbol('ShowCampaigns');
