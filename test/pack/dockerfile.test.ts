import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const dockerfile = readFileSync("Dockerfile", "utf8");
const ignored = readFileSync(".dockerignore", "utf8").trim().split("\n");
const { files, scripts } = z
  .object({ files: z.array(z.string()), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, sources = ""]) =>
  sources.split(" "),
);

describe("the Dockerfile", () => {
  it("copies only what exists and what the build is given", () => {
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    expect(copied.toSorted()).toEqual(
      ignored
        .filter((line) => line.startsWith("!"))
        .map((line) => line.slice(1))
        .toSorted(),
    );
    expect(ignored[0]).toBe("*");
  });

  it("brings what the package brings, as sources", () => {
    const needed = files
      .filter((file) => file !== "dist" && !file.endsWith(".md"))
      .map((file) => file.split("/")[0]);
    expect(copied).toEqual(expect.arrayContaining([...needed, "src"]));
  });

  it("runs the bot as npm start does, as a plain user who can write the data", () => {
    const lines = dockerfile.split("\n");
    expect(scripts["start"]).toBe("node bin/sitrep.js start");
    expect(lines).toContain('CMD ["node", "bin/sitrep.js", "start"]');
    expect(lines.indexOf("USER node")).toBeGreaterThan(
      lines.indexOf("RUN mkdir /data && chown node:node /data"),
    );
    expect(dockerfile).toContain("VOLUME /data");
    expect(dockerfile).toContain("/healthz");
  });
});
