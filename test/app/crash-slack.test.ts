import { describeKills, isOfStore } from "./each-moment.ts";

describeKills("around a call to Slack", (moment) => !isOfStore(moment));
