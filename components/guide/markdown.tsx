import Link from "next/link";
import { Fragment } from "react";
import { readMarkdown, type Block, type Inline } from "./markdown-shape";

/** A page of the guide below its title. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="flex max-w-prose flex-col gap-3 text-base text-pretty">
      {readMarkdown(text).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading":
      // The title of the page stands in its header.
      return block.depth === 1 ? null : <h2 className="mt-4 text-lg font-semibold">{block.text}</h2>;
    case "paragraph":
      return (
        <p>
          <Inlines content={block.content} />
        </p>
      );
    case "picture":
      return (
        // Pictures of the guide lie in the public folder as they are, so that it works without a network.
        // eslint-disable-next-line @next/next/no-img-element
        <img
          src={block.source.replace(/^.*\/public\//u, "/")}
          alt={block.alt}
          width={1280}
          height={800}
          loading="lazy"
          className="my-1 h-auto w-full rounded-lg border border-line-strong shadow-card"
        />
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={block.ordered ? "list-decimal pl-6" : "list-disc pl-6"}>
          {block.items.map((item, index) => (
            <li key={index} className="py-0.5 pl-1 marker:text-muted">
              <Inlines content={item.content} />
              {item.children.length === 0 ? null : (
                <ul className="list-disc pl-5">
                  {item.children.map((child, place) => (
                    <li key={place} className="py-0.5">
                      <Inlines content={child} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </List>
      );
    }
  }
}

function Inlines({ content }: { readonly content: readonly Inline[] }) {
  return content.map((part, index) => <Fragment key={index}>{inline(part)}</Fragment>);
}

function inline(part: Inline) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "strong":
      return <strong className="font-semibold">{part.text}</strong>;
    case "emphasis":
      return <em>{part.text}</em>;
    case "code":
      return <code className="rounded-xs bg-sunken px-1 py-px font-mono text-xs">{part.text}</code>;
    case "link":
      return (
        <Link href={part.href} className="text-accent underline underline-offset-2">
          {part.text}
        </Link>
      );
  }
}
