import { describeKills, isOfStore } from "./each-moment.ts";

describeKills("around a write to its store", isOfStore);
