import { describe, expect, it } from "vitest";
import { topicOf } from "../../src/domain/policy/topic.ts";

const incident = { severity: "SEV2", status: "MITIGATING", provisional: false, drill: false } as const;
const own = "SEV2 · MITIGATING · commander @alice ‖";
const topic = (before: string, more: Partial<Parameters<typeof topicOf>[0]> = {}) =>
  topicOf({ ...incident, ...more }, "alice", before);

describe("a topic", () => {
  it("names severity, status and commander, and leaves room behind it", () => {
    expect(topic("")).toBe(own);
    expect(topicOf(incident, null, "")).toBe("SEV2 · MITIGATING · no commander ‖");
    expect(topic("", { provisional: true, drill: true })).toBe(
      "DRILL · SEV2 (provisional) · MITIGATING · commander @alice ‖",
    );
  });

  it("keeps what people wrote behind the divider, word for word", () => {
    expect(topic("SEV3 · INVESTIGATING · no commander ‖ bridge: https://zoom.us/j/1 ‖ ask bob")).toBe(
      `${own} bridge: https://zoom.us/j/1 ‖ ask bob`,
    );
  });

  it("keeps it when somebody has changed what stands before", () => {
    expect(topic("all hands! ‖ bridge 7")).toBe(`${own} bridge 7`);
  });

  it("keeps a whole topic that has no divider", () => {
    expect(topic("bridge 7")).toBe(`${own} bridge 7`);
    expect(topic("SEV1 is what we fear")).toBe(`${own} SEV1 is what we fear`);
  });

  it("takes its own words back where somebody has taken the divider away", () => {
    expect(topic("SEV3 · INVESTIGATING · no commander")).toBe(own);
    expect(topic("SEV3 · INVESTIGATING · commander @bob bridge 7")).toBe(`${own} bridge 7`);
  });

  it("is the same again when nothing changed, so that nothing is posted", () => {
    const once = topic("bridge 7") ?? "";
    expect(topic(once)).toBe(once);
    expect(topic(own)).toBe(own);
  });

  it("goes without the commander before it cuts what people wrote, and without any rather than cut it", () => {
    const theirs = "x".repeat(250 - "SEV2 · MITIGATING ‖ ".length);
    expect(topic(`a ‖ ${theirs}`)).toBe(`SEV2 · MITIGATING ‖ ${theirs}`);
    expect(topic(`a ‖ ${theirs}x`)).toBeNull();
  });

  it("is told apart from a commander's name, whatever that is", () => {
    const named = topicOf(incident, "al ‖ice\n", "") ?? "";
    expect(named).toBe("SEV2 · MITIGATING · commander @al ice ‖");
    expect(topicOf(incident, "al ‖ice\n", named)).toBe(named);
  });
});
