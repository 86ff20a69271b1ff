CREATE TABLE `subscriptions` (
	`user` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL
);
