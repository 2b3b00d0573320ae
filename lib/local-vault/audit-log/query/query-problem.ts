/** A query that is not answered: its form is wrong, or it names what is not there. The sentence goes to the caller. */
export class QueryProblem extends Error {
  readonly code: 'SyntaxError' | 'SemanticError'

  constructor(code: QueryProblem['code'], message: string) {
    super(message)
    this.name = 'QueryProblem'
    this.code = code
  }
}

export const syntax = (message: string): QueryProblem => new QueryProblem('SyntaxError', message)
export const semantic = (message: string): QueryProblem => new QueryProblem('SemanticError', message)
