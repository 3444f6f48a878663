import { ApexErrorListener, ApexParserFactory } from "@apexdevtools/apex-parser";
import { keptFindings } from "./kept-findings.ts";
import type { Finding } from "./finding.ts";
import { filesNamed, type PackageSource, type SourceFile } from "./package-source.ts";
import { reservedNames } from "./reserved-words.ts";

/** Checks that every class and trigger parses, and names nothing by a word that Apex keeps for itself. */
export async function checkApexSyntax(source: PackageSource): Promise<Finding[]> {
  const files = [...filesNamed(source, ".cls"), ...filesNamed(source, ".trigger")];
  const findings = files.map((file) => keptFindings("apex syntax 1", file, () => parse(file)));
  return (await Promise.all(findings)).flat();
}

class FindingCollector extends ApexErrorListener {
  readonly findings: Finding[] = [];
  private readonly file: string;

  constructor(file: string) {
    super();
    this.file = file;
  }

  override apexSyntaxError(line: number, _column: number, message: string): void {
    this.findings.push({ file: this.file, line, message });
  }
}

function parse({ path: file, text }: SourceFile): Finding[] {
  const collector = new FindingCollector(file);
  const { parser } = ApexParserFactory.createLexerAndParser(text, collector);
  const unit = file.endsWith(".trigger") ? parser.triggerUnit() : parser.compilationUnit();
  return [...collector.findings, ...reservedNames(file, unit)];
}
