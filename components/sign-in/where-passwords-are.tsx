/** Only on a local installation: its passwords are random and stand in one private file. */
export function WherePasswordsAre({ path }: { path: string }) {
  return (
    <>
      <p>This is a local installation. Its first officers and their passwords are in</p>
      <p>
        <code className="break-all font-mono text-text text-table">{path}</code>
      </p>
    </>
  )
}
