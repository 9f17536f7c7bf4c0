-- A database for each service; run once, by the first start of the container.
create database configuration;
create database templates;
create database dispatch;
create database webhooks;
create database journeys;
create database projections;
