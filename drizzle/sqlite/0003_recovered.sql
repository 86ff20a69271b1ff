ALTER TABLE `marks` ADD `noticed_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `deletion_noticed` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`channel`,`thread_ts`,`ts`);