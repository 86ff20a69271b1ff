CREATE TABLE `events` (
	`incident` integer NOT NULL,
	`seq` integer NOT NULL,
	`v` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor` text NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`incident`, `seq`),
	FOREIGN KEY (`incident`) REFERENCES `incidents`(`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `incidents` (
	`number` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`shape` integer NOT NULL,
	`state` text NOT NULL,
	`open` integer NOT NULL,
	`severity` text NOT NULL,
	`channel` text
);
--> statement-breakpoint
CREATE INDEX `incidents_channel` ON `incidents` (`channel`);--> statement-breakpoint
CREATE INDEX `incidents_open` ON `incidents` (`open`);--> statement-breakpoint
CREATE INDEX `incidents_severity` ON `incidents` (`severity`);--> statement-breakpoint
CREATE TABLE `inputs` (
	`key` text PRIMARY KEY NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `inputs_at` ON `inputs` (`at`);--> statement-breakpoint
CREATE TABLE `marks` (
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`present` integer NOT NULL,
	`event_ts` text NOT NULL,
	PRIMARY KEY(`channel`, `ts`, `person`, `kind`),
	FOREIGN KEY (`channel`,`ts`) REFERENCES `messages`(`channel`,`ts`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`arrival` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`incident` integer NOT NULL,
	`version` integer NOT NULL,
	`said` integer NOT NULL,
	`author` text,
	`thread_ts` text,
	`files` text NOT NULL,
	`revisions` text NOT NULL,
	`deleted_at` integer,
	`recorded_at` integer NOT NULL,
	`marked` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_channel_ts` ON `messages` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `messages_incident` ON `messages` (`incident`,`ts`);--> statement-breakpoint
CREATE INDEX `messages_marked` ON `messages` (`incident`,`ts`) WHERE marked = 1;--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`incident` integer,
	`type` text NOT NULL,
	`effect` text NOT NULL,
	`target` text NOT NULL,
	`collapse` text,
	`urgency` integer NOT NULL,
	`due_at` integer NOT NULL,
	`timer` integer NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`lease_token` text,
	`leased_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`suspect_since` integer,
	`suspect_attempt` integer,
	`last_error` text,
	`secret` text,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_ready` ON `outbox` (`urgency`,`id`) WHERE settled_at is null and timer = 0;--> statement-breakpoint
CREATE INDEX `outbox_target` ON `outbox` (`target`,`id`) WHERE settled_at is null and timer = 0;--> statement-breakpoint
CREATE INDEX `outbox_collapse` ON `outbox` (`collapse`,`id`) WHERE settled_at is null and collapse is not null;--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`timer`,`due_at`) WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`id`) WHERE state = 'dead';--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`is_bot` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `texts` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text,
	`erased_at` integer
);
