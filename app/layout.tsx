import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Frame, Providers } from "./providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Palimpsest", template: "%s · Palimpsest" },
  description: "Memory that improves from outcomes and can take back any single thing it learned.",
  icons: {
    icon: [
      { url: "/favicon.svg", type: "image/svg+xml" },
      { url: "/favicon.ico", sizes: "32x32" },
    ],
    apple: "/apple-touch-icon.png",
  },
  manifest: "/manifest.webmanifest",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f7" },
    { media: "(prefers-color-scheme: dark)", color: "#101114" },
  ],
};

// The stored density must be known before the first paint, or every row jumps.
const densityScript =
  'try{var p=JSON.parse(localStorage.getItem("palimpsest.preferences"));if(p.density==="compact")document.documentElement.dataset.density="compact"}catch(e){}';

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: densityScript }} />
      </head>
      <body>
        <Providers nonce={nonce}>
          <Frame>{children}</Frame>
        </Providers>
      </body>
    </html>
  );
}
